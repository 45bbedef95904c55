/** Makes the stand-in fail loudly: an unknown name, event or option ends in an error that names it. */
import { EventEmitter } from 'node:events'

/** That object, of which only what is there may be asked. */
export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, key): unknown {
      if (typeof key === 'symbol' || key in object) {
        const value: unknown = Reflect.get(object, key, object)
        // Called on the proxy, a method must still find what is private to the object.
        return typeof value === 'function' ? (value.bind(object) as unknown) : value
      }
      // A promise is resolved with it: whether it is one itself is asked by the language, not by the program.
      if (key === 'then') return undefined
      throw unknown(`${name}.${key}`)
    },
  })
}

/** What the program asked for and the stand-in does not have. */
export function unknown(what: string): Error {
  process.stderr.write(`The stand-in for Electron does not know ${what}.\n`)
  return new Error(`the stand-in for Electron does not know ${what}`)
}

/** An event that may be prevented. */
export class StandInEvent {
  defaultPrevented = false
  preventDefault(): void {
    this.defaultPrevented = true
  }
}

/** Emits these events, and takes listeners for no others. */
export class Known extends EventEmitter {
  readonly #name: string
  readonly #events: readonly string[]

  constructor(name: string, events: readonly string[]) {
    super()
    this.#name = name
    this.#events = events
  }

  override on(event: string, listener: (...args: never[]) => void): this {
    if (!this.#events.includes(event)) throw unknown(`the event ${event} of ${this.#name}`)
    return super.on(event, listener as (...args: unknown[]) => void)
  }

  override once(event: string, listener: (...args: never[]) => void): this {
    if (!this.#events.includes(event)) throw unknown(`the event ${event} of ${this.#name}`)
    return super.once(event, listener as (...args: unknown[]) => void)
  }

  /** Emits an event that may be prevented, and says whether it was. */
  prevented(event: string, details: object = {}, ...more: unknown[]): boolean {
    const given = Object.assign(new StandInEvent(), details)
    this.emit(event, given, ...more)
    return given.defaultPrevented
  }
}
