/** The colours of the theme as strings, for what is drawn on a canvas; renders when they change. */
import { useEffect, useState } from 'react'
import { onPaletteChange, type Palette, readPalette } from '../ui/theme.ts'

export function usePalette(): Palette {
  const [palette, setPalette] = useState(readPalette)
  useEffect(() => onPaletteChange(setPalette), [])
  return palette
}
