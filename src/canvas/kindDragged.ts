/** The name under which the palette hands a kind of node to the canvas while it is dragged. */
export const KIND_DRAGGED = 'application/x-eventarium-kind'
