import { describe, expect, it } from "vitest";
import { identifyBrowser } from "./browser";

const WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
const BLINK = "AppleWebKit/537.36 (KHTML, like Gecko)";
const MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)";
const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X)";
const PHONE = "Mozilla/5.0 (Linux; Android 10; K)";
const WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";

describe("identifyBrowser", () => {
  it.each([
    ["chrome", `${WINDOWS} ${BLINK} Chrome/140.0.0.0 Safari/537.36`, 0],
    ["chrome_android", `${PHONE} ${BLINK} Chrome/140.0.0.0 Mobile Safari/537.36`, 5],
    ["chrome_ios", `${IPHONE} ${WEBKIT} CriOS/140.0.1.2 Mobile/15E148 Safari/604.1`, 5],
    ["edge", `${WINDOWS} ${BLINK} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0`, 0],
    ["edge", `${PHONE} ${BLINK} Chrome/140.0.0.0 Mobile Safari/537.36 EdgA/140.0.0.0`, 5],
    ["firefox", `${WINDOWS.replace(")", "; rv:143.0)")} Gecko/20100101 Firefox/143.0`, 0],
    ["firefox_android", "Mozilla/5.0 (Android 15; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0", 5],
    ["safari_ios", `${IPHONE} ${WEBKIT} Version/18.5 Mobile/15E148 Safari/604.1`, 5],
    ["safari_ios", `${MAC} ${WEBKIT} Version/18.5 Safari/605.1.15`, 5],
    ["safari_mac", `${MAC} ${WEBKIT} Version/18.5 Safari/605.1.15`, 0],
    ["samsung", `${PHONE} ${BLINK} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`, 5],
    ["other", "Lynx/2.9.0", 0],
  ] as const)("knows %s", (kind, userAgent, touchPoints) => {
    expect(identifyBrowser(userAgent, touchPoints)).toEqual({ kind, inApp: false });
  });

  it.each([
    `${IPHONE} ${WEBKIT} Mobile/15E148 [FBAN/FBIOS;FBAV/500.0]`,
    `${IPHONE} ${WEBKIT} Mobile/15E148`,
    `${PHONE.replace(")", "; wv)")} ${BLINK} Version/4.0 Chrome/140.0.0.0 Mobile Safari/537.36`,
    `${PHONE} ${BLINK} Chrome/140.0.0.0 Mobile Safari/537.36 Instagram 380.0`,
    `${IPHONE} ${WEBKIT} GSA/380.0 Mobile/15E148 Safari/604.1`,
  ])("knows a window inside an app: %s", (userAgent) => {
    expect(identifyBrowser(userAgent, 5).inApp).toBe(true);
  });
});
