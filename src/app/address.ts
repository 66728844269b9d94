/** Addresses of this very installation, wherever it is served from. */

/** The page with this fragment. */
export function addressOf(fragment: string): string {
  return `${location.origin}${location.pathname}${fragment}`
}

/** The figure that lies beside the page. */
export function figureAddress(fragment: string): string {
  return new URL(`embed.html${fragment}`, `${location.origin}${location.pathname}`).href
}
