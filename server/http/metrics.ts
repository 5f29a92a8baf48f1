import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { PbxStatus } from '../contract/queues.ts'
import type { Metrics } from '../ports.ts'

export interface MetricsRegistry extends Metrics {
  readonly contentType: string
  /** The text that Prometheus reads. */
  render(): Promise<string>
}

/** One registry per service, so that several can live in one test process. */
export function createMetrics(): MetricsRegistry {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  return {
    contentType: registry.contentType,
    render: () => registry.metrics(),
    counter(name, help, labels = []) {
      const counter = new Counter({ name, help, labelNames: [...labels], registers })
      return (values, by = 1) => (values ? counter.inc(values, by) : counter.inc(by))
    },
    gauge(name, help, read) {
      const gauge: Gauge = new Gauge({
        name,
        help,
        registers: [],
        collect: () => gauge.set(read()),
      })
      registry.registerMetric(gauge)
    },
    gauges(name, help, label, read) {
      const gauge: Gauge = new Gauge({
        name,
        help,
        labelNames: [label],
        registers,
        collect() {
          gauge.reset()
          for (const [value, figure] of read()) gauge.set({ [label]: value }, figure)
        },
      })
    },
    histogram(name, help, buckets, labels = []) {
      const histogram = new Histogram({
        name,
        help,
        labelNames: [...labels],
        buckets: [...buckets],
        registers,
      })
      return (value, values) =>
        values ? histogram.observe(values, value) : histogram.observe(value)
    },
  }
}

/** Counters made at their first use, for callers that only know names. */
export function countByName(metrics: Metrics) {
  const counters = new Map<string, (labels?: Record<string, string>, by?: number) => void>()
  return (name: string, labels: Record<string, string> = {}, by = 1): void => {
    const known = counters.get(name)
    const counter = known ?? metrics.counter(name, name.replaceAll('_', ' '), Object.keys(labels))
    if (known === undefined) counters.set(name, counter)
    counter(labels, by)
  }
}

export interface ProcessFigures {
  eventsWaiting: () => number
  sockets: () => number
  pbxs: () => PbxStatus[]
}

/** What the process holds, and a figure per PBX whose clock differs, so that an alarm can be set on it. */
export function showFigures(
  metrics: Metrics,
  { eventsWaiting, sockets, pbxs }: ProcessFigures,
): void {
  metrics.gauge('hotline_events_waiting', 'Events taken in and not yet saved', eventsWaiting)
  metrics.gauge('hotline_sockets', 'Open browser sockets', sockets)
  metrics.gauges(
    'hotline_pbx_clock_ahead_seconds',
    'How far the clock of a PBX is ahead of ours when it is by more than 2 s, else 0',
    'pbx',
    () => pbxs().map((pbx) => [pbx.pbxId, pbx.clockAheadSeconds ?? 0]),
  )
}
