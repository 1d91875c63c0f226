/*
 * Loaded into the measured process before everything else. On SIGUSR2 it collects its rubbish, so that what is told is what is held and
 * not what the collector has not come to yet, and writes what it uses to the file that MEASURE_TO names.
 */
const { writeFileSync, renameSync } = require("node:fs");
const { setFlagsFromString } = require("node:v8");
const { runInNewContext } = require("node:vm");

setFlagsFromString("--expose_gc");
const collect = runInNewContext("gc");

const secondsOfCpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

process.on("SIGUSR2", () => {
  const file = process.env.MEASURE_TO;
  const cpuBefore = secondsOfCpu();
  collect();
  const { rss, heapUsed } = process.memoryUsage();
  writeFileSync(`${file}.part`, JSON.stringify({ rss, heapUsed, cpuBefore, cpuAfter: secondsOfCpu() }));
  renameSync(`${file}.part`, file);
});
