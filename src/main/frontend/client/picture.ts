import { emptyRoom, type RoomState } from './state.ts';
import { viewOf, type LinkView, type RoomView } from './view.ts';

/** What is known of a room and of the way to it, put together as a view, and those who want to hear when it changes. */
export class Picture {
  readonly #listeners = new Set<() => void>();
  #state: RoomState = emptyRoom;
  #link: LinkView = { status: 'connecting', transport: undefined, error: undefined, models: [] };
  #view: RoomView = viewOf(this.#state, this.#link);
  #stale = false;

  get state(): RoomState {
    return this.#state;
  }

  /** Nobody hears of it before `tell`. */
  set state(state: RoomState) {
    this.#state = state;
    this.#stale = true;
  }

  get link(): LinkView {
    return this.#link;
  }

  /** The same object until something changes. */
  get view(): RoomView {
    if (this.#stale) this.#view = viewOf(this.#state, this.#link, this.#view);
    this.#stale = false;
    return this.#view;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells of what changed: the state, and what is given here. */
  tell(link: Partial<LinkView> = {}): void {
    this.#link = { ...this.#link, ...link };
    this.#stale = true;
    for (const listener of this.#listeners) listener();
  }
}
