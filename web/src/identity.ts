import { post, requestHeaders } from './fetcher'

const abilities: Record<string, string> = { READER: 'may read', EDITOR: 'may read and write', ADMIN: 'may do everything' }

/** Says as whom the server knows the owner of a token, or that it rejects the token; empty if it does not tell. */
export async function identify(token: string): Promise<string> {
  try {
    const { data, errors } = await post({ query: '{ viewer { name role } }' }, requestHeaders(token))
    if (data) return `${data.viewer.name ?? 'anonymous'}, ${abilities[data.viewer.role]}`
    if (errors[0].extensions?.code !== 'UNAUTHENTICATED') return '' // as where only trusted documents run
    return token ? `rejected: ${errors[0].message}` : 'a token is required'
  } catch {
    return 'the server does not respond'
  }
}
