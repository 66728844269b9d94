/** framer-motion's engine in a module of its own, so that it loads after the first paint. */

export { domAnimation as default } from 'framer-motion'
