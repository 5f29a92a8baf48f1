// Runs in the page before its own code: what the bench reads of it stands in `window.bench`.
/* global window, document, performance, requestAnimationFrame, MutationObserver, PerformanceObserver, WebSocket, scheduler */

const bench = { paints: [], ended: 0 }
window.bench = bench
const seen = new Set()
const ended = new Set()
const waiting = []

/** From now on: how long each frame and each long task takes, in ms. */
bench.watch = () => {
  const frames = []
  const tasks = []
  let isOn = true
  let last = performance.now()
  const observer = new PerformanceObserver((list) =>
    tasks.push(...list.getEntries().map(({ duration }) => duration)),
  )
  observer.observe({ type: 'longtask' })
  const frame = (now) => {
    frames.push(now - last)
    last = now
    if (isOn) requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
  bench.watched = () => {
    isOn = false
    observer.disconnect()
    return { frames, tasks }
  }
}

/** Before the tasks that wait in line already: they come after the paint, and are none of it. */
function afterPaint(then) {
  requestAnimationFrame(() => void scheduler.postTask(then, { priority: 'user-blocking' }))
}

function look() {
  for (const wanted of waiting.filter(({ selector }) => document.querySelector(selector))) {
    waiting.splice(waiting.indexOf(wanted), 1)
    const { stage, at } = wanted
    afterPaint(() => bench.paints.push({ stage, ms: performance.now() - at }))
  }
}

/** A pop that rings is on the bar; one that was answered is a form of its ticket. */
function hear({ data }) {
  if (typeof data !== 'string' || !data.includes('["screen_pop"')) return
  const { call, stage, ticket } = JSON.parse(data.slice(data.indexOf('[')))[1]
  if (stage === 'ended') ended.add(call.id)
  bench.ended = ended.size
  const selector = {
    ringing: '[data-testid=incoming-call]',
    answered: ticket && `form[aria-label*="${ticket.code}"]`,
  }[stage]
  const key = `${call.id} ${stage}`
  if (!selector || seen.has(key)) return
  seen.add(key)
  waiting.push({ selector, stage, at: performance.now() })
}

window.WebSocket = class extends WebSocket {
  constructor(...options) {
    super(...options)
    this.addEventListener('message', hear)
  }
}
new MutationObserver(look).observe(document, { childList: true, subtree: true })
