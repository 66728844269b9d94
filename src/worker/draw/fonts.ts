/**
 * A worker does not see the page's typefaces: it loads the same two files itself, with figures of one
 * width, so that numbers stand still while they change. On the page it only waits for them.
 */
import interUrl from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url'
import codeUrl from '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2?url'
import { OWN_CODE, OWN_UI, takeTypefaces } from './scene.ts'

const UI: FontFaceDescriptors = { weight: '100 900', featureSettings: '"tnum" 1' }
const CODE: FontFaceDescriptors = { weight: '100 800' }

/** Of the two sets of fonts (a page's has more) what is needed here. */
interface Fonts {
  add(face: FontFace): unknown
  load(font: string): Promise<unknown>
}

/** Resolves when both typefaces can be drawn with, or cannot be had: then the system's are used. */
export async function loadFonts(): Promise<void> {
  const { fonts, document } = globalThis as { fonts?: Fonts; document?: { fonts?: Fonts } }
  const ofPage = document?.fonts
  if (ofPage) {
    const families = ['Inter Variable', 'JetBrains Mono Variable']
    await Promise.allSettled(families.map((family) => ofPage.load(`12px "${family}"`)))
  } else if (fonts) {
    await Promise.allSettled([
      loadInto(fonts, OWN_UI, interUrl, UI),
      loadInto(fonts, OWN_CODE, codeUrl, CODE),
    ])
  }
  takeTypefaces()
}

async function loadInto(
  fonts: Fonts,
  family: string,
  url: string,
  descriptors: FontFaceDescriptors,
): Promise<void> {
  fonts.add(await new FontFace(family, `url(${url})`, descriptors).load())
}
