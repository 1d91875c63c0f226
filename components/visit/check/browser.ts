/** The browsers that a page of help is written for; everything else is helped in general words. */
export type BrowserKind =
  | "chrome"
  | "chrome_android"
  | "chrome_ios"
  | "edge"
  | "firefox"
  | "firefox_android"
  | "safari_ios"
  | "safari_mac"
  | "samsung"
  | "other";

/** What looks at this page. An app's own window often has neither camera nor microphone, whatever its engine is. */
export type BrowserInfo = { kind: BrowserKind; inApp: boolean };

/** Apps that open links in a window of their own, as they name themselves in the user agent; `; wv)` is any other app on Android. */
const IN_APP =
  /\bFB(AN|AV|_IAB)\b|Instagram|Line\/|MicroMessenger|Snapchat|BytedanceWebview|musical_ly|TikTok|Telegram|VKAndroidApp|VKiOSApp|VKClient|OKApp|Viber|LinkedInApp|Twitter for|Pinterest\/|\bGSA\/|MailRu|YandexSearch\/|; wv\)/;

/**
 * Tells the browser from its user agent. Only words of help depend on the answer, never whether somebody may try.
 *
 * @param touchPoints `navigator.maxTouchPoints`: an iPad calls itself a Mac
 */
export function identifyBrowser(userAgent: string, touchPoints: number): BrowserInfo {
  const isApple = /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && touchPoints > 1);
  // A window inside an app on iOS has the engine's name and no "Safari" behind it.
  const isBareWebKit =
    isApple && /AppleWebKit/.test(userAgent) && !/Safari|CriOS|FxiOS|EdgiOS/.test(userAgent);
  return { kind: kindOf(userAgent, isApple), inApp: isBareWebKit || IN_APP.test(userAgent) };
}

function kindOf(userAgent: string, isApple: boolean): BrowserKind {
  const isAndroid = /Android/.test(userAgent);
  if (/SamsungBrowser/.test(userAgent)) return "samsung";
  if (/EdgA?\/|EdgiOS/.test(userAgent)) return isApple ? "chrome_ios" : "edge";
  if (/FxiOS|CriOS/.test(userAgent)) return "chrome_ios";
  if (/Firefox\//.test(userAgent)) return isAndroid ? "firefox_android" : "firefox";
  if (/Chrome\//.test(userAgent)) return isAndroid ? "chrome_android" : "chrome";
  if (isApple) return "safari_ios";
  return /Macintosh.*Safari\//.test(userAgent) ? "safari_mac" : "other";
}
