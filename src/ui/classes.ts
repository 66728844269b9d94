/** Joins the class names that hold; the rest of the room stays free of string arithmetic. */

export function classes(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}
