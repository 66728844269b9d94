/**
 * What calls a person's program inside the sandbox, as a script. It keeps the states and tables there and
 * answers in JSON. It holds on to the parts of the language that it uses, so that a program that changes
 * them harms only itself; whatever it answers is read as data, never run.
 */

export const DRIVER = `((parse, stringify, keysOf, isList, create, makeError) => (program) => {
  const { initialState, evolve, decide } = program
  const projections = program.projections === undefined ? {} : program.projections
  const refuse = (why) => { throw new makeError(why) }
  if (typeof evolve !== 'function') refuse('Write a function evolve(state, event) that returns the next state.')
  if (typeof initialState !== 'function' && initialState === undefined) refuse('Write a function initialState() that returns the state before the first event.')
  if (typeof projections !== 'object' || projections === null) refuse('projections must be an object: { name: { initialState, evolve, rows } }.')
  const names = keysOf(projections)
  if (names.length > 12) refuse('There are more than 12 projections. Leave some out.')
  for (let i = 0; i < names.length; i++) {
    const each = projections[names[i]]
    if (typeof each !== 'object' || each === null || typeof each.evolve !== 'function') refuse('The projection ' + names[i] + ' has no function evolve(state, event).')
  }
  const begin = (first) => typeof first === 'function' ? first() : first === undefined ? {} : parse(stringify(first))
  const written = (value, what, most = 200000) => {
    const text = stringify(value === undefined ? null : value)
    if (typeof text !== 'string') refuse(what + ' is not plain data.')
    if (text.length > most) refuse(what + ' is larger than ' + most + ' characters. Keep less in it.')
    return text
  }
  let streams = create(null)
  let tables = []
  let at = -1
  const reset = () => {
    streams = create(null)
    tables = []
    at = -1
    for (let i = 0; i < names.length; i++) tables[i] = begin(projections[names[i]].initialState)
    return stringify({ projections: names, decides: typeof decide === 'function' })
  }
  const stateOf = (stream) => stream in streams ? streams[stream] : begin(initialState)
  const rowsOf = (i) => {
    const { rows } = projections[names[i]]
    const made = typeof rows === 'function' ? rows(tables[i]) : tables[i]
    return isList(made) && made.length > 500 ? made.slice(-500) : made
  }
  const step = (event) => {
    const { stream } = event
    const next = evolve(stateOf(stream), event)
    streams[stream] = next === undefined ? null : next
    for (let i = 0; i < names.length; i++) {
      const made = projections[names[i]].evolve(tables[i], event)
      if (made !== undefined) tables[i] = made
    }
    return next
  }
  const isRow = (value) => typeof value === 'object' && value !== null && !isList(value)
  const rowIn = (made, { name, key, index, column }) => {
    if (!isList(made) && !isRow(made)) return index === 0 ? { value: made } : undefined
    const near = isList(made) ? made[index] : name === 'key' && column !== 'value' ? made[key] : undefined
    if (isRow(near) && (isList(made) ? name === null || near[name] === key : near.key === undefined)) return near
    const keys = isList(made) ? null : keysOf(made)
    const count = keys === null ? made.length : keys.length
    let nested = keys !== null && count > 0
    for (let i = 0; nested && i < count; i++) nested = isRow(made[keys[i]])
    const rowAt = (i) => {
      if (keys === null) return isRow(made[i]) ? made[i] : { value: made[i] }
      return nested ? { key: keys[i], ...made[keys[i]] } : { key: keys[i], value: made[keys[i]] }
    }
    if (name === null) return index < count ? rowAt(index) : undefined
    for (let i = 0; i < count; i++) {
      const row = rowAt(i)
      if (row[name] === key) return row
    }
  }
  const cellIn = (made, place) => {
    const row = rowIn(made, place)
    const value = row === undefined ? undefined : row[place.column]
    return value === undefined ? null : value
  }
  const operations = {
    reset,
    where: () => '' + at,
    state: (stream) => written(stateOf(stream), 'The state'),
    save: () => written({ streams, tables }, 'The state of all streams', 4000000),
    load: (text) => {
      const saved = parse(text)
      streams = create(null)
      const known = keysOf(saved.streams)
      for (let i = 0; i < known.length; i++) streams[known[i]] = saved.streams[known[i]]
      tables = saved.tables
    },
    take: (text) => {
      const given = parse(text)
      const states = []
      for (at = 0; at < given.length; at++) states[at] = written(step(given[at]), 'The state')
      at = -1
      return stringify(states)
    },
    cells: (text) => {
      const { events, table, place } = parse(text)
      const values = []
      for (at = 0; at < events.length; at++) {
        step(events[at])
        values[at] = cellIn(rowsOf(table), place)
      }
      at = -1
      return written(values, 'The cells')
    },
    tables: () => {
      const all = []
      for (let i = 0; i < names.length; i++) all[i] = rowsOf(i)
      return written(all, 'The tables')
    },
    decide: (text) => {
      const { command, state } = parse(text)
      const decision = decide(command, parse(state))
      if (typeof decision === 'string') return stringify({ rejected: decision })
      if (typeof decision === 'object' && decision !== null && typeof decision.rejected === 'string') return stringify({ rejected: decision.rejected })
      const events = decision === undefined || decision === null ? [] : isList(decision) ? decision : isList(decision.events) ? decision.events : [decision]
      const made = []
      for (let i = 0; i < events.length; i++) {
        const { type, data } = events[i]
        if (typeof type !== 'string' || type === '') refuse('decide returned an event without a type. Return { type, data }.')
        made[i] = { type, data: data === undefined ? {} : data }
      }
      return written({ events: made }, 'What decide returns')
    },
  }
  return (name) => operations[name]
})(JSON.parse, JSON.stringify, Object.keys, Array.isArray, Object.create, TypeError)`
