import { openMicrophone } from './devices.ts'

/** Of full scale: a voice into a headset is above it, the noise of a muted one is not. */
const HEARD = 0.01
const LOOK_MS = 100

/**
 * Whether the microphone hears something within so many seconds; 0 only asks for it. Throws what the
 * browser throws.
 */
export async function hearMicrophone(seconds: number): Promise<boolean> {
  const stream = await openMicrophone()
  const audio = new AudioContext()
  try {
    const analyser = audio.createAnalyser()
    audio.createMediaStreamSource(stream).connect(analyser)
    const samples = new Float32Array(analyser.fftSize)
    for (let waited = 0; waited < seconds * 1000; waited += LOOK_MS) {
      // oxlint-disable-next-line no-await-in-loop -- one look after the other
      await new Promise((resolve) => void setTimeout(resolve, LOOK_MS))
      analyser.getFloatTimeDomainData(samples)
      if (samples.some((sample) => Math.abs(sample) > HEARD)) return true
    }
    return false
  } finally {
    stream.getTracks().forEach((track) => track.stop())
    void audio.close()
  }
}
