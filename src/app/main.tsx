/** The page's entry: mounts the product. */

import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { must } from '../base/assert.ts'
import '../ui/fonts.css'
import '../ui/tokens.css'
import '../ui/base.css'

createRoot(must(document.getElementById('root'), 'the element #root')).render(
  <StrictMode>
    <main>
      <h1>Eventarium</h1>
    </main>
  </StrictMode>,
)
