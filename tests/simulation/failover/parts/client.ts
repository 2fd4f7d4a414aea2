import type { Random } from "../../random/random.ts";
import type { Cell, CellAnswer } from "./cell.ts";
import { Process } from "./process.ts";
import type { Surroundings } from "./surroundings.ts";

const PATIENCE_MS = 800;
const TRIES = 40;

/** Somebody who has work taken in, again and again, by whichever cell takes it. */
export class Client {
  readonly site = "outside";
  readonly process: Process;
  readonly random: Random;
  #next = 0;
  #target: string;

  constructor(
    readonly world: Surroundings & { readonly cells: Readonly<Record<string, Cell>> },
    readonly name: string,
    random: Random,
  ) {
    this.process = new Process(world.queue, world.clocks.outside);
    this.random = random;
    this.#target = world.home;
  }

  start(): void {
    this.process.start();
    this.#begin();
  }

  #begin(): void {
    const id = `${this.name}-${this.#next++}`;
    this.#try(id, this.random.chance(0.85), 0);
    this.process.after(this.random.between(100, 350), () => this.#begin());
  }

  #try(id: string, sync: boolean, tries: number): void {
    if (tries >= TRIES) return;
    const cell = this.world.cells[this.#target];
    let ended = false;
    const end = (answer: CellAnswer | "silence") => {
      if (ended) return;
      ended = true;
      if (answer === "acknowledged") return;
      const { data } = this.world;
      this.#target = data[(data.indexOf(this.#target) + 1) % data.length];
      this.process.after(
        answer === "silence" ? 1 : this.random.between(50, 250),
        () => this.#try(id, sync, tries + 1),
      );
    };
    this.world.wires.call<CellAnswer>(this, cell, (answer) => cell.take(id, sync, answer), end);
    this.process.after(PATIENCE_MS, () => end("silence"));
  }
}
