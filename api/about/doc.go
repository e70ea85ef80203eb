// Package about answers what the project is and which standards it holds to:
// GET /project and GET /standards.
package about
