import type { Transport } from './fetcher'

/** The token lives as long as the browser's tab, and no longer. */
export const token = {
  get: () => sessionStorage.getItem('token') ?? '',
  set: (value: string) => (value ? sessionStorage.setItem('token', value) : sessionStorage.removeItem('token')),
}

export const transport = {
  get: (): Transport => (localStorage.getItem('transport') === 'events' ? 'events' : 'socket'),
  set: (value: Transport) => localStorage.setItem('transport', value),
}

const bearer = /(bearer\s+)[^\s"'\\]+/gi

/** What GraphiQL remembers: all but the tokens that somebody typed into headers. */
export const remembered = {
  get length() {
    return localStorage.length
  },
  getItem: (key: string) => localStorage.getItem(key),
  setItem: (key: string, value: string) => localStorage.setItem(key, value.replace(bearer, '$1')),
  removeItem: (key: string) => localStorage.removeItem(key),
  clear: () => localStorage.clear(),
}
