/** The page's entry: mounts the product, or gives way to the figure where the address asks for it. */
import '../ui/fonts.css'
import '../ui/tokens.css'
import '../ui/base.css'
import './app.css'
import { createRoot } from 'react-dom/client'
import { must } from '../base/assert.ts'
import { App } from './App.tsx'
import { applyKeptTheme } from './keep/theme.ts'

if (new URLSearchParams(location.search).has('embed')) {
  location.replace(new URL(`embed.html${location.search}${location.hash}`, location.href))
} else {
  applyKeptTheme()
  createRoot(must(document.getElementById('root'), 'the element #root')).render(<App />)
}
