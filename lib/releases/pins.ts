import { type Image, imageOf, UNRESOLVED } from './images';
import { type ModelPin, modelOf } from './models';
import type { Path, PinFile } from './pin-file';
import type { Problem } from './problem';
import type { EnvironmentPins } from './schema';

/** The pins of one target. Remembers which of them it was asked for. */
export class Pins<I extends string = string, M extends string = string> {
  readonly #unresolved = new Map<string, Problem>();

  constructor(
    private readonly file: PinFile,
    private readonly pinned: EnvironmentPins,
    private readonly region: string,
  ) {}

  /**
   * An image of the target.
   *
   * @throws {RangeError} if neither the region nor its environment pins it
   */
  public image(name: I): Image {
    const { path, pin } = this.#find('images', name, this.pinned.regions?.[this.region]?.images?.[name], this.pinned.images[name]);
    if (pin.digest === UNRESOLVED) this.#note(path, `image "${name}"`, 'digest');
    return imageOf(pin);
  }

  /**
   * A model of the target.
   *
   * @throws {RangeError} if neither the region nor its environment pins it
   */
  public model(name: M): ModelPin {
    const { path, pin } = this.#find('models', name, this.pinned.regions?.[this.region]?.models?.[name], this.pinned.models[name]);
    for (const field of ['revision', 'sha256'] as const) if (pin[field] === UNRESOLVED) this.#note(path, `model "${name}"`, field);
    return modelOf(name, pin);
  }

  /** What the pins asked for so far lack, each with its place and its cure. */
  public get unresolved(): readonly Problem[] {
    return [...this.#unresolved.values()];
  }

  #find<P>(kind: 'images' | 'models', name: string, ahead: P | undefined, common: P | undefined): { readonly path: Path; readonly pin: P } {
    if (ahead !== undefined) return { path: ['regions', this.region, kind, name], pin: ahead };
    if (common !== undefined) return { path: [kind, name], pin: common };
    const singular = kind === 'images' ? 'image' : 'model';
    throw new RangeError(
      `Cannot deploy ${singular} "${name}" to region "${this.region}" as ${this.file.path} does not pin it: ` +
        `add it there under ${kind}, or under regions.${this.region}.${kind}`,
    );
  }

  #note(path: Path, pin: string, field: string): void {
    const place = this.file.where([...path, field]);
    this.#unresolved.set(place, {
      message: `${place} Cannot deploy ${pin} by its ${field} as that is unresolved: run "npm run pin", or write it`,
    });
  }
}
