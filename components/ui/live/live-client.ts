import { Leadership } from "./leadership";
import { LiveStream } from "./live-stream";
import { CHANNEL, type Message, type Reason, type StreamStatus } from "./messages";
import { TabLife, TabWatch } from "./tab-life";
import { type LiveStatus, type News, type Want, wantId } from "./types";
import { WantList } from "./want-list";

/** Wants that come together (a page's parts, the tabs that answer a new leader) become one request. */
const GATHER_MS = 60;
const ROLL_CALL_MS = 20_000;
/** How long a leader may take to answer. Messages are not slowed down in hidden tabs; suspended ones never answer. */
const ANSWER_WITHIN_MS = 1_200;

/** What the client needs from a browser; a test brings its own. */
export type LiveBrowser = {
  /** Both or neither: without them each tab has a stream of its own. */
  locks?: LockManager;
  openChannel?: (name: string) => BroadcastChannel;
  fetch?: typeof fetch;
};

export type LiveListener = { onState: (state: unknown) => void; onStatus: (status: LiveStatus) => void };

type Followed = { want: Want; listeners: Set<LiveListener>; news?: News };

/**
 * Follows live states for this tab. Over HTTP/1.1 a browser opens six connections to a host, for all tabs together, so the tabs
 * share one stream: the leading tab holds it for everybody's wants and passes the news on. A new leader begins with whole states.
 *
 * The portal takes whoever follows a visit as somebody who is there. So what the last tab that followed it has left is let go at once,
 * also when that tab was killed and could not say so.
 */
export class LiveClient {
  readonly #browser: LiveBrowser;
  readonly #tab = Math.random().toString(36).slice(2);
  readonly #life: TabLife;
  readonly #leadership: Leadership;
  readonly #stream: LiveStream;
  readonly #followed = new Map<string, Followed>();
  #status: StreamStatus = "connecting";
  #channel: BroadcastChannel | undefined;
  #gathering: ReturnType<typeof setTimeout> | undefined;
  #rollCall: ReturnType<typeof setInterval> | undefined;

  /** The leader's: the others' wants, and the newest word on each want that the stream was opened for. */
  readonly #others = new WantList();
  readonly #watch: TabWatch;
  readonly #open = new Map<string, News | undefined>();

  /** A follower's: whose news count, and the wait for an answer. */
  #leader: string | undefined;
  #unanswered: ReturnType<typeof setTimeout> | undefined;

  constructor(browser: LiveBrowser) {
    this.#browser = browser;
    this.#life = new TabLife(browser.locks, this.#tab);
    this.#watch = new TabWatch(browser.locks, (tab) => this.#forget(tab));
    this.#leadership = new Leadership({
      locks: browser.locks,
      onWon: () => this.#lead(),
      onLost: () => this.#follow(),
    });
    this.#stream = new LiveStream({
      wants: () => this.#takeWants(),
      onNews: (news) => this.#spread([news]),
      onStatus: (status) => {
        this.#status = status;
        this.#spread([]);
      },
      fetch: browser.fetch,
    });
  }

  /** Follows one want until the returned function is called. Hears the status at once, and each state as it comes. */
  follow(want: Want, listener: LiveListener): () => void {
    const id = wantId(want);
    const followed = this.#followed.get(id) ?? this.#begin(id, want);
    followed.listeners.add(listener);
    listener.onStatus(this.#statusOf(followed));
    if (followed.news && !followed.news.gone) listener.onState(followed.news.state);
    if (followed.listeners.size === 1) this.#gather();
    return () => {
      followed.listeners.delete(listener);
      if (followed.listeners.size > 0) return;
      if (this.#followed.get(id) === followed) this.#followed.delete(id);
      this.#gather();
    };
  }

  /** The page is looked at again, or the network is back. */
  wake(): void {
    if (this.#leadership.leads) this.#stream.nudge();
    else if (this.#followed.size > 0) this.#follow("seen");
  }

  /** The browser believes that the network is lost: the stream is tried, so that the page can say so. */
  doubt(): void {
    if (this.#leadership.leads) this.#stream.interrupt();
  }

  /** The page goes away, or to sleep: another tab leads from here on. */
  sleep(): void {
    clearTimeout(this.#gathering);
    clearInterval(this.#rollCall);
    clearTimeout(this.#unanswered);
    this.#stream.close();
    this.#open.clear();
    this.#others.clear();
    this.#watch.clear();
    this.#post({ type: "wants", tab: this.#tab, wants: [], why: "here" });
    this.#leadership.leave();
    this.#life.end();
    this.#channel?.close();
    this.#channel = undefined;
  }

  #begin(id: string, want: Want): Followed {
    const known = this.#open.get(id);
    // A page that was opened just now may have a right that was missing before.
    if (known?.gone) this.#open.delete(id);
    const news = known && !known.gone && this.#status === "live" ? known : undefined;
    const followed: Followed = { want, listeners: new Set(), news };
    this.#followed.set(id, followed);
    return followed;
  }

  #gather(): void {
    clearTimeout(this.#gathering);
    this.#gathering = setTimeout(() => {
      if (this.#followed.size === 0) this.sleep();
      else if (this.#leadership.leads) this.#reopen();
      else this.#follow("new");
    }, GATHER_MS);
  }

  /** Queues for the lead and tells the leader what this tab wants; no answer means that it is suspended. */
  #follow(why: Reason = "new"): void {
    this.#stream.close();
    this.#watch.clear();
    this.#listen();
    this.#leadership.join();
    if (this.#leadership.leads) return;
    this.#leader = undefined;
    this.#announce(why);
    clearTimeout(this.#unanswered);
    const patienceMs = ANSWER_WITHIN_MS * (1 + Math.random() / 4);
    this.#unanswered = setTimeout(() => this.#leadership.seize(), patienceMs);
  }

  #listen(): void {
    if (this.#channel) return;
    this.#channel = this.#browser.openChannel?.(CHANNEL);
    this.#channel?.addEventListener("message", ({ data }: MessageEvent<Message>) => this.#hear(data));
    this.#rollCall = setInterval(() => {
      if (!this.#leadership.leads) this.#follow("here");
    }, ROLL_CALL_MS);
  }

  #lead(): void {
    clearTimeout(this.#unanswered);
    this.#others.clear();
    this.#watch.clear();
    this.#open.clear();
    this.#post({ type: "lead", tab: this.#tab });
    this.#gather();
  }

  #hear(message: Message): void {
    if (message.type === "wants") {
      if (this.#leadership.leads) this.#serve(message);
    } else if (message.type === "lead") {
      clearTimeout(this.#unanswered);
      this.#leader = message.tab;
      this.#announce("here");
    } else if (!this.#leadership.leads && message.tab === (this.#leader ?? message.tab)) {
      // News from a leader of the past could be older than what is shown.
      clearTimeout(this.#unanswered);
      this.#leader = message.tab;
      this.#status = message.status;
      this.#apply(message.news);
    }
  }

  /** As leader: notes what a tab wants and answers with what is known, fresh states only. */
  #serve({ tab, wants, why }: Extract<Message, { type: "wants" }>): void {
    if (wants.length === 0) {
      this.#forget(tab);
      return;
    }
    this.#others.hear(tab, wants, why !== "here", Date.now());
    this.#watch.add(tab);
    if (why === "seen") this.#stream.nudge();
    const known: News[] = [];
    for (const id of wants.map(wantId)) {
      const news = this.#open.get(id);
      if (news?.gone && why === "new") this.#open.delete(id);
      else if (news && this.#status === "live") known.push(news);
    }
    this.#post({ type: "news", tab: this.#tab, news: known, status: this.#status });
    this.#gather();
  }

  /** As leader: a tab has said good-bye, or could not. */
  #forget(tab: string): void {
    this.#others.hear(tab, [], false, Date.now());
    this.#gather();
  }

  /** Opens the stream anew where it lacks something, or has what nobody wants any more. */
  #reopen(): void {
    const wanted = this.#union().map(wantId);
    const isSame = wanted.length === this.#open.size && wanted.every((id) => this.#open.has(id));
    if (!isSame) this.#stream.open();
  }

  #union(): Want[] {
    return this.#others.union(
      [...this.#followed.values()].map(({ want }) => want),
      Date.now(),
    );
  }

  #takeWants(): Want[] {
    const wants = this.#union();
    const ids = new Set(wants.map(wantId));
    for (const id of this.#open.keys()) if (!ids.has(id)) this.#open.delete(id);
    for (const id of ids) if (!this.#open.has(id)) this.#open.set(id, undefined);
    return wants;
  }

  /** As leader: takes what the stream says to this tab and to the others. A stream that begins anew repeats itself; pages need not. */
  #spread(news: News[]): void {
    const fresh = news.filter((item) => {
      const known = this.#open.get(item.id);
      this.#open.set(item.id, item);
      return JSON.stringify(known) !== JSON.stringify(item);
    });
    if (fresh.length === 0 && news.length > 0) return;
    this.#post({ type: "news", tab: this.#tab, news: fresh, status: this.#status });
    this.#apply(fresh);
  }

  #apply(news: readonly News[]): void {
    for (const item of news) {
      const followed = this.#followed.get(item.id);
      if (!followed) continue;
      followed.news = item;
      if (!item.gone) for (const { onState } of followed.listeners) onState(item.state);
    }
    for (const followed of this.#followed.values()) {
      for (const { onStatus } of followed.listeners) onStatus(this.#statusOf(followed));
    }
  }

  #statusOf({ news }: Followed): LiveStatus {
    if (news?.gone) return "gone";
    if (this.#status === "live" || this.#status === "connecting") return news ? "live" : "connecting";
    return this.#status;
  }

  #announce(why: Reason): void {
    if (this.#followed.size === 0) return;
    const wants = [...this.#followed.values()].map(({ want }) => want);
    void this.#life.begin().then(() => this.#post({ type: "wants", tab: this.#tab, wants, why }));
  }

  #post(message: Message): void {
    this.#channel?.postMessage(message);
  }
}
