"""Python's gRPC through the gateway: a unary call, an error with its details, a stream.

    clients_python.py ADDRESS CA_FILE TOKEN ENGAGEMENT
"""
import sys

import grpc
from google.rpc import status_pb2
from staraction.engagement.v1 import engagement_pb2, engagement_service_pb2, watch_service_pb2

address, ca_file, token, engagement = sys.argv[1:]
with open(ca_file, "rb") as file:
    channel = grpc.secure_channel(address, grpc.ssl_channel_credentials(file.read()))
metadata = [("authorization", f"Bearer {token}")]
service = "/staraction.engagement.v1.EngagementService/"

get = channel.unary_unary(
    service + "GetEngagement",
    request_serializer=engagement_service_pb2.GetEngagementRequest.SerializeToString,
    response_deserializer=engagement_pb2.Engagement.FromString)
answer = get(engagement_service_pb2.GetEngagementRequest(name=engagement), metadata=metadata, timeout=10)
assert answer.name == engagement, answer

try:
    get(engagement_service_pb2.GetEngagementRequest(name="nobody"), metadata=metadata, timeout=10)
    raise AssertionError("a wrong name was taken")
except grpc.RpcError as error:
    assert error.code() in (grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.NOT_FOUND), error
    details = dict(error.trailing_metadata())["grpc-status-details-bin"]
    assert len(status_pb2.Status.FromString(details).details) > 0

watch = channel.unary_stream(
    "/staraction.engagement.v1.WatchService/WatchEngagement",
    request_serializer=watch_service_pb2.WatchEngagementRequest.SerializeToString,
    response_deserializer=watch_service_pb2.WatchEngagementResponse.FromString)
stream = watch(watch_service_pb2.WatchEngagementRequest(name=engagement), metadata=metadata, timeout=10)
assert next(stream).change_token != ""
stream.cancel()
print("Python's gRPC is served")
