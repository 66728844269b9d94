/** A static server for the built product: this machine only, any sub-path, no dependency. */

import { createReadStream, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, resolve, sep } from 'node:path'

/** @type {Record<string, string>} */
const mediaTypes = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

/**
 * The file that `address` means inside `folder`, or nothing: not there, or outside.
 * @param {string} folder @param {string} base @param {string} address
 */
function fileAt(folder, base, address) {
  try {
    const path = decodeURIComponent(new URL(address, 'http://localhost').pathname)
    if (!path.startsWith(base)) return undefined
    const file = resolve(folder, path.slice(base.length))
    if (file !== folder && !file.startsWith(folder + sep)) return undefined
    return statSync(file).isDirectory() ? join(file, 'index.html') : file
  } catch {
    return undefined
  }
}

/**
 * Serves `folder` under `base` and resolves to the address and the way to stop.
 * @param {string} folder
 * @param {{ port?: number, base?: string, headers?: Record<string, string> }} [options] port 0 is any free one
 */
export async function serve(folder, { port = 0, base = '/', headers = {} } = {}) {
  const root = resolve(folder)
  const server = createServer((request, response) => {
    const file = fileAt(root, base, request.url ?? '/')
    const stats = file === undefined ? undefined : statSync(file, { throwIfNoEntry: false })
    if (file === undefined || !stats?.isFile()) {
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not found\n')
      return
    }
    response.writeHead(200, {
      'content-type': mediaTypes[extname(file)] ?? 'application/octet-stream',
      'content-length': stats.size,
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      // A figure in a frame with sandbox="allow-scripts" has no origin: its scripts and fonts need leave to load.
      'access-control-allow-origin': '*',
      ...headers,
    })
    if (request.method === 'HEAD') response.end()
    else createReadStream(file).pipe(response)
  })
  await new Promise((done, fail) => {
    server.once('error', fail).listen(port, '127.0.0.1', () => done(undefined))
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    url: `http://localhost:${address.port}${base}`,
    stop: () =>
      new Promise((done) => {
        server.close(done)
        server.closeAllConnections()
      }),
  }
}
