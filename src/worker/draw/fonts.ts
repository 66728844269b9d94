/**
 * A worker does not see the page's typefaces: it loads the same two files itself. Figures have one width
 * there, so that numbers stand still while they change.
 */
import interUrl from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url'
import codeUrl from '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2?url'
import { forgetWidths } from './scene.ts'

/** Resolves when both typefaces can be drawn with, or could not be had: then the system's are used. */
export async function loadFonts(): Promise<void> {
  const { fonts } = globalThis as { fonts?: { add(face: FontFace): unknown } }
  if (!fonts || typeof FontFace === 'undefined' || 'document' in globalThis) return
  const faces = [
    new FontFace('Inter Variable', `url(${interUrl})`, {
      weight: '100 900',
      featureSettings: '"tnum" 1',
    }),
    new FontFace('JetBrains Mono Variable', `url(${codeUrl})`, { weight: '100 800' }),
  ]
  const loads = faces.map(async (face) => {
    fonts.add(await face.load())
  })
  await Promise.allSettled(loads)
  forgetWidths()
}
