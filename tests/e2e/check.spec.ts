import { expect, test } from "@/tests/support/fixtures";
import { openPractice, stageVisit } from "./practice";

const START = "Start the check";

test("a patient checks camera, sound and connection on a phone @phone", async ({ page }) => {
  await page.goto("/check");
  await page.getByRole("button", { name: START }).click();
  await expect(page.getByText("You are ready")).toBeVisible();
  // The picture runs, and the bar moves with the fake microphone's beeps.
  const width = () =>
    page.getByLabel("What your camera sees").evaluate((video: HTMLVideoElement) => video.videoWidth);
  await expect.poll(width).toBeGreaterThan(0);
  await expect(page.getByText("We can hear you.")).toBeVisible();

  await page.getByRole("button", { name: "Play the test tone" }).click();
  const question = page.getByRole("group", { name: "Did you hear two notes?" });
  await question.getByRole("button", { name: "No", exact: true }).click();
  await expect(page.getByText("Something still needs your attention")).toBeVisible();
  await page.getByRole("button", { name: "Play the test tone" }).click();
  await question.getByRole("button", { name: "Yes, I heard them" }).click();
  await expect(page.getByText("You are ready")).toBeVisible();
});

test("gives camera and microphone back when the page is left", async ({ page }) => {
  await page.addInitScript(() => {
    const opened: MediaStreamTrack[] = [];
    Object.assign(window, { opened });
    const original = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      const stream = await original(wanted);
      opened.push(...stream.getTracks());
      return stream;
    };
  });
  const states = () =>
    page.evaluate(() =>
      (window as unknown as { opened: MediaStreamTrack[] }).opened.map((track) => track.readyState),
    );
  await page.goto("/check");
  await page.getByRole("button", { name: START }).click();
  await expect(page.getByText("You are ready")).toBeVisible();
  expect(await states()).toEqual(["live", "live"]);
  await page.getByRole("banner").getByRole("link").first().click();
  await expect(page).toHaveURL((url) => url.pathname === "/");
  await expect.poll(states).toEqual(["ended", "ended"]);
});

const refuse = (kinds: readonly string[], name: string) => {
  const original = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted = {}) => {
    if (kinds.some((kind) => kind in wanted)) throw new DOMException("refused by this test", name);
    return original(wanted);
  };
};

test("says how to allow the camera in this browser, and that the visit can be held without", async ({
  page,
}) => {
  await page.addInitScript(`(${refuse})(["video"], "NotAllowedError")`);
  await page.goto("/check");
  await page.getByRole("button", { name: START }).click();
  await expect(page.getByText("You can be heard, not seen")).toBeVisible();
  const camera = page.getByRole("region", { name: "Camera" });
  await expect(camera).toContainText("This page may not use the camera.");
  await expect(camera).toContainText("Click the icon to the left of the address");
  await expect(page.getByRole("region", { name: "Microphone" })).toContainText("Is on");
});

test("says in Russian what keeps a microphone from working", async ({ visitor, portal }) => {
  const page = await visitor("phone");
  await page.context().addCookies([{ name: "locale", value: "ru", url: portal.url }]);
  await page.addInitScript(`(${refuse})(["audio"], "NotReadableError")`);
  await page.goto("/check");
  await page.getByRole("button", { name: "Начать проверку" }).click();
  await expect(page.getByText("Кое-что нужно исправить")).toBeVisible();
  await expect(page.getByRole("region", { name: "Микрофон" })).toContainText(
    "Микрофон занят другой программой",
  );
  await expect(page.getByRole("region", { name: "Камера" })).toContainText("Изображение есть");
});

test("notices a video server that cannot be reached", async ({ page, portal, expectNoise }) => {
  expectNoise(/ERR_FAILED/);
  await page.route(`${portal.sandboxUrl}/**`, (route) => route.abort());
  await page.goto("/check");
  await page.getByRole("button", { name: START }).click();
  await expect(page.getByRole("region", { name: "Connection" })).toContainText("does not answer from here");
  await expect(page.getByText("Something still needs your attention")).toBeVisible();
});

test("notices a connection that the browser does not make, and helps in the words of that browser", async ({
  visitor,
}) => {
  const page = await visitor("phone", {
    userAgent:
      "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
  });
  await page.addInitScript(() => {
    RTCPeerConnection.prototype.createOffer = (): Promise<never> =>
      Promise.reject(new Error("refused by this test"));
  });
  await page.goto("/check");
  await page.getByRole("button", { name: START }).click();
  const connection = page.getByRole("region", { name: "Connection" });
  await expect(connection).toContainText("Your network or browser blocks video connections.");
  await expect(connection).toContainText("menu ☰ → Ad blockers");
  await expect(page.getByText("Something still needs your attention")).toBeVisible();
});

test("is not ready with a microphone that hears nothing, until it does", async ({ page }) => {
  await page.addInitScript(() => {
    const original = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      const stream = await original(wanted);
      const context = new AudioContext();
      const mouth = context.createMediaStreamDestination();
      Object.assign(window, {
        speak: () => {
          const voice = context.createOscillator();
          voice.connect(mouth);
          voice.start();
        },
      });
      return new MediaStream([...stream.getVideoTracks(), ...mouth.stream.getAudioTracks()]);
    };
  });
  await page.goto("/check");
  await page.getByRole("button", { name: START }).click();
  const microphone = page.getByRole("region", { name: "Microphone" });
  await expect(microphone).toContainText("Listening: say a few words");
  await expect(microphone).toContainText("We hear nothing from the microphone.", { timeout: 20_000 });
  await expect(microphone).toContainText("chrome://settings/content/microphone");
  await expect(page.getByText("Something still needs your attention")).toBeVisible();
  await page.evaluate(() => (window as unknown as { speak: () => void }).speak());
  await expect(page.getByText("You are ready")).toBeVisible();
});

test("notices a window inside an app before anything is tried, in the waiting room too", async ({
  visitor,
  portal,
}) => {
  const page = await visitor("phone", {
    userAgent:
      "Mozilla/5.0 (Linux; Android 10; K; wv) AppleWebKit/537.36 Version/4.0 Chrome/140.0.0.0 Mobile",
  });
  await page.addInitScript(() => Object.defineProperty(navigator, "mediaDevices", { value: undefined }));
  await page.goto("/check");
  await expect(page.getByText("This window belongs to another app")).toBeVisible();
  await page.getByRole("button", { name: START }).click();
  await expect(page.getByRole("region", { name: "Browser" })).toContainText("opened inside another app");
  const visit = await stageVisit(portal, await openPractice(portal), { starts: { minutes: 5 } });
  await page.goto(`/v/${visit.token}`);
  await expect(page.getByText("This window belongs to another app")).toBeVisible();
});
