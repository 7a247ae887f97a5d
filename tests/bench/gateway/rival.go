// grpc-gateway as its own documentation sets it up.
package main

import (
	"context"
	"net/http"
	"os"

	"github.com/grpc-ecosystem/grpc-gateway/runtime"
	"google.golang.org/grpc"
	"shelf"
)

func main() {
	mux := runtime.NewServeMux(runtime.WithMarshalerOption(runtime.MIMEWildcard, &runtime.JSONPb{EmitDefaults: true}))
	err := shelf.RegisterShelfServiceHandlerFromEndpoint(context.Background(), mux, "127.0.0.1:"+os.Args[2],
		[]grpc.DialOption{grpc.WithInsecure()})
	if err == nil {
		err = http.ListenAndServe("127.0.0.1:"+os.Args[1], mux)
	}
	panic(err)
}
