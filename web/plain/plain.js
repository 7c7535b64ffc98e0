// The page without the playground: a form that sends one operation and shows the response.
'use strict'

const element = (id) => document.getElementById(id)
const show = (text) => { element('response').textContent = text }

const send = async () => {
  const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json' }
  const token = element('token').value.trim()
  if (token) headers.authorization = `Bearer ${token}`
  const variables = parseVariables(element('variables').value.trim() || 'null')
  const body = JSON.stringify({ query: element('query').value, variables })
  const response = await fetch('/graphql', { method: 'POST', headers, body })
  const text = await response.text()
  try {
    show(JSON.stringify(JSON.parse(text), null, 2))
  } catch {
    show(`${response.status} ${text}`)
  }
}

const parseVariables = (text) => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`The variables are not valid JSON: ${error.message}`)
  }
}

element('operation').addEventListener('submit', (event) => {
  event.preventDefault()
  show('…')
  send().catch((error) => show(error.message))
})
