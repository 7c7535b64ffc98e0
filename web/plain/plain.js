// The page that there is without the playground: one form, one answer.
'use strict'

const field = (id) => document.getElementById(id)
const show = (text) => { field('answer').textContent = text }

const ask = async () => {
  const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json' }
  const token = field('token').value.trim()
  if (token) headers.authorization = `Bearer ${token}`
  const variables = parsed(field('variables').value.trim() || 'null')
  const body = JSON.stringify({ query: field('query').value, variables })
  const answer = await fetch('/graphql', { method: 'POST', headers, body })
  const text = await answer.text()
  try {
    show(JSON.stringify(JSON.parse(text), null, 2))
  } catch {
    show(`${answer.status} ${text}`)
  }
}

const parsed = (text) => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`The variables are no JSON: ${error.message}`)
  }
}

field('ask').addEventListener('submit', (event) => {
  event.preventDefault()
  show('…')
  ask().catch((error) => show(error.message))
})
