const MINIMUM = [20, 19];

/** Ends the process on a Node.js that is too old. Written for such a Node.js to read; whatever needs a newer one is imported afterwards. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1])) return;
  console.error(
    `The portal needs Node.js ${MINIMUM.join(".")} or newer; this is ${process.versions.node}. Node.js 24 is recommended: https://nodejs.org`,
  );
  process.exit(1);
}
