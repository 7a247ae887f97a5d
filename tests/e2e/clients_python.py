"""Python's gRPC through the gateway: a unary call, errors with their details, a stream.

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


def details_of_refused(name):
    """The error's details if this name is asked for."""
    try:
        get(engagement_service_pb2.GetEngagementRequest(name=name), metadata=metadata, timeout=10)
    except grpc.RpcError as error:
        assert error.code() in (grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.NOT_FOUND), error
        details = dict(error.trailing_metadata())["grpc-status-details-bin"]
        assert len(status_pb2.Status.FromString(details).details) > 0
        return details
    raise AssertionError("a wrong name was taken")


details_of_refused("nobody")
# With its message more than proxies' usual 4 KiB for headers, and less than the 8 KiB that clients take.
assert len(details_of_refused("nobody" * 150)) > 3500

watch = channel.unary_stream(
    "/staraction.engagement.v1.WatchService/WatchEngagement",
    request_serializer=watch_service_pb2.WatchEngagementRequest.SerializeToString,
    response_deserializer=watch_service_pb2.WatchEngagementResponse.FromString)
stream = watch(watch_service_pb2.WatchEngagementRequest(name=engagement), metadata=metadata, timeout=10)
assert next(stream).change_token != ""
stream.cancel()
print("Python's gRPC is served")
