import { vi } from 'vitest'

/** A request that was sent with progress and is not answered yet. */
export class FakeUpload extends EventTarget {
  static open: FakeUpload[] = []
  address = ''
  headers: Record<string, string> = {}
  status = 0
  responseText = ''
  upload = new EventTarget()
  open(_method: string, address: string): void {
    this.address = address
  }
  setRequestHeader(name: string, value: string): void {
    this.headers[name] = value
  }
  getResponseHeader(): null {
    return null
  }
  send(): void {
    FakeUpload.open.push(this)
  }
  progress(loaded: number, total: number): void {
    this.upload.dispatchEvent(Object.assign(new Event('progress'), { loaded, total }))
  }
  answer(status: number, body: object): void {
    Object.assign(this, { status, responseText: JSON.stringify(body) })
    this.#end('load')
  }
  abort(): void {
    if (FakeUpload.open.includes(this)) this.#end('abort')
  }
  #end(how: string): void {
    FakeUpload.open = FakeUpload.open.filter((one) => one !== this)
    this.dispatchEvent(new Event(how))
  }
}

/** Nothing that is sent with progress leaves the page from now on. */
export function fakeUploads(): void {
  FakeUpload.open = []
  vi.stubGlobal('XMLHttpRequest', FakeUpload)
}
