import { Marker, type Map as GLMap } from "maplibre-gl";

/** A place that is drawn as a pin of its own, over everything. */
export interface PinView {
  at: [number, number];
  /** What stands in it: a number, or a mark. */
  text: string;
  /** What stands over it: a year; "" nothing. */
  tag: string;
  /** What it is, to those who do not see it. */
  label: string;
  /** Whether it can be moved; otherwise it only stands there. */
  free: boolean;
  chosen: boolean;
  /** How it looks: as a place that is sure, one that is not there yet, one that stays. */
  look: "" | "firm" | "later" | "stays";
}

export interface PinListeners {
  choose(i: number): void;
  /** `again` while it goes on moving in one hand. */
  move(i: number, at: [number, number], again: boolean): void;
  remove(i: number): void;
}

const stepPX = 12; // of an arrow key

/** The pins of a map: buttons that can be dragged, or moved with the arrow keys. */
export class Pins {
  #pins: { marker: Marker; view: PinView; moved: boolean }[] = [];

  constructor(
    private readonly map: GLMap,
    private readonly on: PinListeners,
  ) {}

  show(list: PinView[]): void {
    while (this.#pins.length > list.length) this.#pins.pop()!.marker.remove();
    list.forEach((view, i) => {
      const known = this.#pins[i];
      if (known && known.view.free === view.free) this.#refresh(known, view);
      else {
        known?.marker.remove();
        this.#pins[i] = this.#make(i, view);
      }
    });
  }

  #refresh(pin: { marker: Marker; view: PinView }, view: PinView): void {
    const was = pin.marker.getLngLat();
    if (was.lng !== view.at[0] || was.lat !== view.at[1]) pin.marker.setLngLat(view.at);
    pin.view = view;
    dress(pin.marker.getElement(), view);
  }

  #make(i: number, view: PinView): { marker: Marker; view: PinView; moved: boolean } {
    const element = document.createElement("button");
    element.type = "button";
    element.innerHTML = '<svg viewBox="0 0 28 36" aria-hidden="true"><path d="M14 35C9 27 2 21.500 2 13.500a12 12 0 0 1 24 0C26 21.500 19 27 14 35Z"/></svg><span aria-hidden="true"></span><small aria-hidden="true"><i></i><b></b></small>';
    dress(element, view);
    const marker = new Marker({ element, anchor: "bottom", draggable: view.free }).setLngLat(view.at).addTo(this.map);
    dress(element, view); // the marker labels its element itself
    const pin = { marker, view, moved: false };
    const here = (): [number, number] => [marker.getLngLat().lng, marker.getLngLat().lat];
    marker.on("drag", () => {
      this.on.move(i, here(), pin.moved);
      pin.moved = true;
    });
    marker.on("dragend", () => (pin.moved = false));
    element.addEventListener("click", (e) => {
      e.stopPropagation();
      this.on.choose(i);
    });
    if (view.free) element.addEventListener("keydown", (e) => this.#key(e, i, marker));
    return pin;
  }

  #key(e: KeyboardEvent, i: number, marker: Marker): void {
    const steps: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const step = steps[e.key];
    if (step) {
      const p = this.map.project(marker.getLngLat());
      const far = e.shiftKey ? 4 : 1;
      const to = this.map.unproject([p.x + step[0] * stepPX * far, p.y + step[1] * stepPX * far]);
      this.on.move(i, [to.lng, to.lat], e.repeat);
    } else if (e.key === "Delete" || e.key === "Backspace") this.on.remove(i);
    else return;
    e.preventDefault();
    e.stopPropagation();
  }
}

function dress(element: HTMLElement, view: PinView): void {
  element.classList.add("pin");
  element.classList.toggle("free", view.free);
  element.classList.toggle("chosen", view.chosen);
  for (const look of ["firm", "later", "stays"]) element.classList.toggle(look, view.look === look);
  element.querySelector("span")!.textContent = view.text;
  const [, century = "", rest = view.tag] = /^(\d\d)(\d\d)$/.exec(view.tag) ?? []; // "2027" is "’27" where room is scarce
  element.querySelector("i")!.textContent = century;
  element.querySelector("b")!.textContent = rest;
  element.dataset.tag = view.tag;
  element.setAttribute("aria-label", view.label);
  element.dataset.pin = view.text;
}
