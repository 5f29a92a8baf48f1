import { startOwnService, stopAll } from '../demo/own-service.ts'
import { startSimulator, type Simulator } from '../simulator/simulator.ts'

/** The service of `npm start` with the demo's people, a PBX simulator and a database of its own. */
export interface PageHotline {
  url: string
  simulator: Simulator
  stop: () => Promise<void>
}

export async function startPageHotline(): Promise<PageHotline> {
  const stops: (() => unknown)[] = []
  const stop = () => stopAll(stops)
  try {
    const simulator = await startSimulator()
    stops.push(() => simulator.stop())
    const pbx = { ...simulator, controlUrl: null, recordingsDir: null }
    const url = await startOwnService(pbx, (one) => void stops.push(one))
    return { url, simulator, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
