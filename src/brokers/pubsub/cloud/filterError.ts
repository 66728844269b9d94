/** What is wrong with a filter, in words that stand behind "cannot be read:". */
export class FilterError extends Error {
  override name = 'FilterError'
}
