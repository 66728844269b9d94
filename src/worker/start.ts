/**
 * Starts a worker wherever a page may have one: from its address, or, where an opaque origin forbids that
 * (a frame with `sandbox="allow-scripts"`), from a blob that loads it, as a classic worker.
 */

/** Resolves to the worker once it has said that it is ready, or to null where the page may have none. */
export async function startWorker(address: string): Promise<Worker | null> {
  if (typeof Worker === 'undefined' || typeof OffscreenCanvas === 'undefined') return null
  const worker = await ready(() => new Worker(address, { type: 'module' }))
  return worker ?? startFromBlob(address)
}

/** An opaque origin may load a script from elsewhere, though it may not begin a worker with it. */
async function startFromBlob(address: string): Promise<Worker | null> {
  const failing = 'setTimeout(() => { throw error })'
  const script = `import(${JSON.stringify(address)}).catch((error) => ${failing})`
  const blob = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }))
  const worker = await ready(() => new Worker(blob))
  URL.revokeObjectURL(blob)
  return worker
}

/** A started worker may still fail to load its script: it counts only once it has said that it is ready. */
function ready(start: () => Worker): Promise<Worker | null> {
  return new Promise((resolve) => {
    let worker: Worker
    try {
      worker = start()
    } catch {
      resolve(null)
      return
    }
    worker.onmessage = () => resolve(worker)
    worker.onerror = (event) => {
      event.preventDefault()
      worker.terminate()
      resolve(null)
    }
  })
}
