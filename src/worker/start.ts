/**
 * Starts a worker wherever a page may have one: from its address, or, where an opaque origin forbids that
 * (a frame with `sandbox="allow-scripts"`), from a blob of its script as a classic worker.
 */

/** Resolves to the worker once it has said that it is ready, or to null where the page may have none. */
export async function startWorker(address: string): Promise<Worker | null> {
  if (typeof Worker === 'undefined' || typeof OffscreenCanvas === 'undefined') return null
  const worker = await ready(() => new Worker(address, { type: 'module' }))
  return worker ?? startFromBlob(address)
}

async function startFromBlob(address: string): Promise<Worker | null> {
  try {
    const script = await (await fetch(address)).text()
    // The built script is one piece and imports nothing; a classic one has no address of its own.
    const classic = script.replaceAll('import.meta.url', JSON.stringify(address))
    const blob = URL.createObjectURL(new Blob([classic], { type: 'text/javascript' }))
    const worker = await ready(() => new Worker(blob))
    URL.revokeObjectURL(blob)
    return worker
  } catch {
    // The script cannot be had here either: the engine then runs on the page.
    return null
  }
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
