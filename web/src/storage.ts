import type { Transport } from './fetcher'

/** The token, kept until the tab is closed. */
export const token = {
  get: () => sessionStorage.getItem('token') ?? '',
  set: (value: string) => (value ? sessionStorage.setItem('token', value) : sessionStorage.removeItem('token')),
}

/** The transport of subscriptions, kept permanently. */
export const transport = {
  get: (): Transport => (localStorage.getItem('transport') === 'events' ? 'events' : 'socket'),
  set: (value: Transport) => localStorage.setItem('transport', value),
}

const bearerToken = /(bearer\s+)[^\s"'\\]+/gi

/** The storage of GraphiQL, which removes tokens from stored headers. */
export const withoutTokens = {
  get length() {
    return localStorage.length
  },
  getItem: (key: string) => localStorage.getItem(key),
  setItem: (key: string, value: string) => localStorage.setItem(key, value.replace(bearerToken, '$1')),
  removeItem: (key: string) => localStorage.removeItem(key),
  clear: () => localStorage.clear(),
}
