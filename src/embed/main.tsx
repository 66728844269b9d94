/** The figure's entry: mounts the frame page that other people's pages embed. */

import { must } from '../base/assert.ts'

must(document.getElementById('root'), 'the element #root').innerHTML =
  '<main><h1>Eventarium figure</h1></main>'
