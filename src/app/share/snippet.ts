/** The HTML that puts a figure into somebody else's page. */
import { figureAddress } from '../address.ts'

/**
 * The frame gets no more than it needs: scripts, and leave to open the whole product in a tab of its own.
 */
export function figureSnippet(title: string, fragment: string): string {
  const name = title.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
  return [
    `<iframe title="${name}"`,
    `  src="${figureAddress(fragment)}"`,
    '  width="100%" height="420" style="border: 0" loading="lazy"',
    '  sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"></iframe>',
  ].join('\n')
}
