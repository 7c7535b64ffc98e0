// The page that there is without the playground: one form, one answer.
'use strict'

const field = (id) => document.getElementById(id)
const show = (text) => { field('answer').textContent = text }

const ask = async () => {
  const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json' }
  const token = field('token').value.trim()
  if (token) headers.authorization = `Bearer ${token}`
  const variables = JSON.parse(field('variables').value.trim() || 'null')
  const body = JSON.stringify({ query: field('query').value, variables })
  const answer = await fetch('/graphql', { method: 'POST', headers, body })
  const text = await answer.text()
  try {
    show(JSON.stringify(JSON.parse(text), null, 2))
  } catch {
    show(`${answer.status} ${text}`)
  }
}

field('ask').addEventListener('submit', (event) => {
  event.preventDefault()
  show('…')
  ask().catch((error) => show(String(error)))
})
