import { graphql } from 'relay-runtime';

export const name = graphql`
  fragment minister_name on Person {
    id
    name
  }
`;

export const minister = graphql`
  query ministerQuery($slug: String!) {
    person(by: { slug: $slug }) {
      ...minister_name
      meetings(first: 3) {
        nodes {
          name
        }
      }
    }
  }
`;

export const transactions = graphql`
  subscription ministerSubscription($after: Int) {
    transactions(after: $after) {
      number
    }
  }
`;
