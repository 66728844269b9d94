/** Categories of streams, after KurrentDB docs, "System projections": what stands before the first `-` of a name. */

/** In the name of a category as it is subscribed to: `$ce-account`. */
export const CATEGORY_PREFIX = '$ce-'

export function categoryOf(stream: string): string {
  const end = stream.indexOf('-')
  return end === -1 ? stream : stream.slice(0, end)
}

/** The category of a stream, as it is subscribed to. */
export function categoryName(stream: string): string {
  return CATEGORY_PREFIX + categoryOf(stream)
}
