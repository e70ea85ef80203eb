// Package openapi holds the OpenAPI 3.0 document of the service, written by hand
// in openapi.yaml. Tests hold it to the routes of package api and to their real
// answers.
package openapi
