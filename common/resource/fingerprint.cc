#include "common/resource/fingerprint.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <openssl/sha.h>

#include <memory>

#include "absl/strings/escaping.h"

namespace staraction {

using google::protobuf::Message;

std::string DeterministicBytes(const Message& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  {
    google::protobuf::io::CodedOutputStream output(&stream);
    output.SetSerializationDeterministic(true);
    message.SerializePartialToCodedStream(&output);
  }
  return bytes;
}

std::string DigestWithout(const Message& message, const std::vector<std::string>& fields) {
  const std::unique_ptr<Message> copy(message.New());
  copy->CopyFrom(message);
  for (const std::string& name : fields) {
    const auto* field = copy->GetDescriptor()->FindFieldByName(name);
    if (field != nullptr) copy->GetReflection()->ClearField(copy.get(), field);
  }
  // The name ends with a byte that no name has, so that no two pairs give the same bytes.
  const std::string bytes = message.GetDescriptor()->full_name() + '\0' + DeterministicBytes(*copy);
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

std::string Fingerprint(const Message& request) {
  return absl::BytesToHexString(DigestWithout(request, {"request_id"}));
}

}  // namespace staraction
