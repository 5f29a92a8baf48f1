import { useState } from 'react'
import { hearMicrophone } from '../../../phone/hear-microphone.ts'
import { noteMic } from '../../../phone/phone-store.ts'
import { micTroubleOf } from '../../../state/phone.ts'
import type { MicTrouble } from '../../../state/phone.ts'

export type MicTest = 'heard' | 'silent' | MicTrouble

/** Tries the microphone; the browser asks for it when it has to. */
export function useTryMic() {
  const [isPending, setPending] = useState(false)
  const [result, setResult] = useState<MicTest | null>(null)
  const tryIt = async (seconds: number): Promise<MicTest> => {
    setPending(true)
    setResult(null)
    const outcome = await tested(seconds)
    noteMic(outcome === 'heard' || outcome === 'silent' ? null : outcome)
    setPending(false)
    setResult(outcome)
    return outcome
  }
  return { isPending, result, tryIt, run: () => void tryIt(0) }
}

async function tested(seconds: number): Promise<MicTest> {
  try {
    return (await hearMicrophone(seconds)) ? 'heard' : 'silent'
  } catch (error) {
    return micTroubleOf(error, isSecureContext)
  }
}
