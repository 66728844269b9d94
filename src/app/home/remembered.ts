/** How home was left, for the way back to it: not for the next visit. */

export const remembered = { scrollTop: 0, claimId: '', furtherRuns: false }
