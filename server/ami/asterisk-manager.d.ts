/** What the cage uses of the untyped package; the rest of its surface must stay out of reach. */
declare module 'asterisk-manager' {
  interface Library {
    on(event: 'rawevent', listener: (frame: Record<string, unknown>) => void): void
    on(event: 'error', listener: (error: Error) => void): void
    on(event: 'connect' | 'close', listener: () => void): void
    removeAllListeners(event?: string): void
    connect(port: number, host: string): void
  }
  function createLibrary(): Library
  export default createLibrary
}
