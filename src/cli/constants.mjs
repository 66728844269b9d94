/**
 * A plugin of all builds: writes a number in the place of the name of a constant (`CHUNK_BITS`, `AMQP_FACTS.enqueued`).
 * V8 decides by the length of a function whether to inline it, and to look a constant of so large a module up takes ten
 * bytes of it, in functions that every message runs through. The constants themselves stay for whoever goes over them.
 */

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * @typedef {Map<string, number | Map<string, number>>} Numbers constants and objects of constants, by name
 * @typedef {(code: string, options: { lang: 'ts' | 'tsx' }) => any} Parse
 * @typedef {{ from: number, to: number, text: string }} Edit
 */

/** @returns {import('vite').Plugin} */
export function numbersForNames() {
  /** @type {Map<string, Numbers>} by file */
  const known = new Map()
  return {
    name: 'numbers-for-names',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/src\/.*\.tsx?$/.test(id)) return null
      const parse = /** @type {Parse} */ ((text, options) => this.parse(text, options))
      const tree = treeOf(parse, code, id)
      const edits = /** @type {Edit[]} */ ([])
      writeNumbers(tree, scopeOf(parse, tree, id, known), edits)
      if (edits.length === 0) return null
      let written = code
      for (const { from, to, text } of edits.sort((a, b) => b.from - a.from)) {
        written = written.slice(0, from) + text + written.slice(to)
      }
      return { code: written, map: null }
    },
  }
}

/** @param {Parse} parse @param {string} code @param {string} file */
function treeOf(parse, code, file) {
  return parse(code, { lang: file.endsWith('x') ? 'tsx' : 'ts' })
}

const CAPITALS = /^[A-Z][A-Z_0-9]*$/

/**
 * The constants that a file declares or imports, under their names there.
 * @param {Parse} parse @param {any} tree @param {string} file @param {Map<string, Numbers>} known
 */
function scopeOf(parse, tree, file, known) {
  /** @type {Numbers} */
  const scope = new Map()
  for (const statement of tree.body) {
    if (statement.type !== 'ImportDeclaration' || !/^\..*\.tsx?$/.test(statement.source.value))
      continue
    const numbers = numbersOf(parse, join(dirname(file), statement.source.value), known)
    for (const { local, imported } of statement.specifiers) {
      const number = imported && numbers.get(imported.name)
      if (number !== undefined && CAPITALS.test(local.name)) scope.set(local.name, number)
    }
  }
  for (const statement of tree.body) {
    const declaration = statement.declaration ?? statement
    if (declaration.type !== 'VariableDeclaration' || declaration.kind !== 'const') continue
    for (const { id, init } of declaration.declarations) {
      const number = init && (membersOf(init, scope) ?? numberIn(init, scope))
      // Names in capitals alone: no variable within a function is called so.
      if (number !== undefined && CAPITALS.test(id.name)) scope.set(id.name, number)
    }
  }
  return scope
}

/**
 * The same for a file that another one imports.
 * @param {Parse} parse @param {string} file @param {Map<string, Numbers>} known @returns {Numbers}
 */
function numbersOf(parse, file, known) {
  const found = known.get(file)
  if (found) return found
  // Whoever comes back here by a ring of imports finds nothing yet.
  known.set(file, new Map())
  if (!existsSync(file)) return new Map()
  const tree = treeOf(parse, readFileSync(file, 'utf8'), file)
  const numbers = scopeOf(parse, tree, file, known)
  known.set(file, numbers)
  return numbers
}

/** `{ … } as const` of numbers alone. @param {any} node @param {Numbers} scope */
function membersOf(node, scope) {
  if (node.type !== 'TSAsExpression' || node.expression.type !== 'ObjectExpression')
    return undefined
  /** @type {Map<string, number>} */
  const members = new Map()
  for (const { key, value, computed } of node.expression.properties) {
    const number = value && numberIn(value, scope)
    if (computed || key?.type !== 'Identifier' || number === undefined) return undefined
    members.set(key.name, number)
  }
  return members
}

/** @param {any} node @param {Numbers} scope @returns {number | undefined} */
function numberIn(node, scope) {
  if (node.type === 'Literal') return typeof node.value === 'number' ? node.value : undefined
  if (node.type === 'Identifier' || node.type === 'MemberExpression') return namedBy(node, scope)
  if (node.type === 'UnaryExpression' && node.operator === '-') {
    const value = numberIn(node.argument, scope)
    return value === undefined ? undefined : -value
  }
  if (node.type !== 'BinaryExpression') return undefined
  const [a, b] = [numberIn(node.left, scope), numberIn(node.right, scope)]
  return a === undefined || b === undefined ? undefined : OPERATIONS[node.operator]?.(a, b)
}

/** @type {Record<string, (a: number, b: number) => number>} */
const OPERATIONS = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '<<': (a, b) => a << b,
  '|': (a, b) => a | b,
}

/** The number behind `NAME` or `NAME.member`. @param {any} node @param {Numbers} scope */
function namedBy(node, scope) {
  const { object, property, computed } = node
  if (object === undefined) {
    const number = scope.get(node.name)
    return typeof number === 'number' ? number : undefined
  }
  const members = object.type === 'Identifier' && !computed ? scope.get(object.name) : undefined
  return members instanceof Map ? members.get(property.name) : undefined
}

/** Names that stand for themselves: what is declared, imported, exported, and the keys of objects. */
const NAMING = /^(Import|Export\w*Specifier|TS(?!As|NonNull|Satisfies)|Label)/

/** @param {any} node @param {Numbers} scope @param {Edit[]} edits */
function writeNumbers(node, scope, edits) {
  if (NAMING.test(node.type)) return
  if (node.type === 'Identifier' || node.type === 'MemberExpression') {
    const number = namedBy(node, scope)
    if (number !== undefined) {
      edits.push({ from: node.start, to: node.end, text: number < 0 ? `(${number})` : `${number}` })
      return
    }
  }
  for (const [name, child] of Object.entries(node)) {
    if (isNaming(node, name)) continue
    if (Array.isArray(child)) {
      for (const each of child) if (each?.type) writeNumbers(each, scope, edits)
    } else if (child?.type) writeNumbers(child, scope, edits)
  }
}

/** @param {any} node @param {string} child */
function isNaming({ type, computed, shorthand }, child) {
  if (child === 'key' || child === 'property') return !computed
  if (child === 'value') return shorthand === true
  return child === 'id' || child === 'params' || type === 'CatchClause' || type.endsWith('Pattern')
}
