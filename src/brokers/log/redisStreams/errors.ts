/** A refusal as Redis words it: the first word is its code. */
export class RedisError extends Error {
  override name = 'RedisError'
  readonly code: string

  constructor(text: string) {
    super(text)
    this.code = text.split(' ')[0] ?? 'ERR'
  }
}
