/** A media query whose answer components can read. */
export class Media {
  #list: MediaQueryList;
  matches = $state(false);

  constructor(query: string) {
    this.#list = matchMedia(query);
    this.matches = this.#list.matches;
    this.#list.addEventListener("change", (e) => (this.matches = e.matches));
  }
}
