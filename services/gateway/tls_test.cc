// The public port with TLS: how its connections end.

#include <openssl/ssl.h>
#include <sys/time.h>

#include <filesystem>
#include <fstream>

#include "absl/time/clock.h"
#include "common/identity/authority.h"
#include "services/gateway/testdata/gateway_fixture.h"

namespace staraction::gateway {
namespace {

using ::testing::HasSubstr;

// A client that reads and writes when the test says so.
class TlsClient {
 public:
  explicit TlsClient(int port) : context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free) {
    socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
    const timeval limit{10, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
    tls_ = {SSL_new(context_.get()), SSL_free};
    SSL_set_fd(tls_.get(), socket_);
    EXPECT_EQ(SSL_connect(tls_.get()), 1);
  }
  ~TlsClient() { Cut(); }

  void Send(const std::string& text) {
    EXPECT_GT(SSL_write(tls_.get(), text.data(), static_cast<int>(text.size())), 0);
  }
  // Everything until the other side ends; `end_` is how, in OpenSSL's words.
  std::string ReadAll() {
    std::string all;
    char buffer[4096];
    int size = 0;
    while ((size = SSL_read(tls_.get(), buffer, sizeof(buffer))) > 0) {
      all.append(buffer, static_cast<size_t>(size));
    }
    end_ = SSL_get_error(tls_.get(), size);
    return all;
  }
  int end() const { return end_; }
  // Gone without a word.
  void Cut() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
  }

 private:
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  std::unique_ptr<SSL, decltype(&SSL_free)> tls_{nullptr, SSL_free};
  int socket_ = -1;
  int end_ = 0;
};

class TlsTest : public GatewayTest {
 protected:
  void SetUp() override {
    const absl::Time now = RealClock()();
    const auto authority = Authority::Make("test", now, absl::Hours(1));
    ASSERT_OK(authority);
    const auto leaf = authority->Issue({"gateway", {}, now - absl::Hours(1), now + absl::Hours(1)});
    ASSERT_OK(leaf);
    char name[] = "/tmp/staraction-tls.XXXXXX";
    ASSERT_NE(mkdtemp(name), nullptr);
    settings_.public_tls_dir = name;
    std::ofstream(settings_.public_tls_dir + "/tls.crt") << leaf->certificate;
    std::ofstream(settings_.public_tls_dir + "/tls.key") << leaf->key;
    Restart();
  }
  void TearDown() override {
    gateway_.reset();
    std::filesystem::remove_all(settings_.public_tls_dir);
  }
};

TEST_F(TlsTest, AnEndIsSaidAndNotACut) {
  for (const char* version : {"HTTP/1.1", "HTTP/1.0"}) {
    TlsClient client(gateway_->port());
    client.Send(absl::StrCat("GET /v1/rooms/1/shelves/2:watch?count=3 ", version,
                             "\r\nHost: a\r\nConnection: close\r\n", Auth(), "\r\n"));
    EXPECT_THAT(client.ReadAll(), HasSubstr(R"("books":"2")")) << version;
    EXPECT_EQ(client.end(), SSL_ERROR_ZERO_RETURN) << version;
  }
}

// Closing while the client still sends would reset the connection and take the reply with it.
TEST_F(TlsTest, WhoIsRefusedWhileSendingStillGetsTheReply) {
  for (int i = 0; i < 5; ++i) {
    TlsClient client(gateway_->port());
    client.Send(absl::StrCat("POST /v1/rooms/1/shelves HTTP/1.1\r\nHost: a\r\nContent-Type: ",
                             "application/json\r\nContent-Length: 10000000\r\n\r\n"));
    for (int sent = 0; sent < 3000; ++sent) client.Send(std::string(1000, ' '));
    EXPECT_THAT(client.ReadAll(), HasSubstr("HTTP/1.1 401 "));
    EXPECT_EQ(client.end(), SSL_ERROR_ZERO_RETURN);
  }
}

TEST_F(TlsTest, AClientThatIsGoneWithoutAWordEndsTheCall) {
  for (int i = 0; i < 20; ++i) {
    TlsClient client(gateway_->port());
    client.Send("GET /v1/rooms/1/shelves/slow HTTP/1.1\r\nHost: a\r\n" + Auth() + "\r\n");
    for (int j = 0; j < 400 && server_.calls() <= i; ++j) absl::SleepFor(absl::Milliseconds(5));
    client.Cut();
  }
  for (int i = 0; i < 400 && server_.cancelled() < 20; ++i) absl::SleepFor(absl::Milliseconds(5));
  EXPECT_EQ(server_.cancelled(), 20);
}

TEST_F(TlsTest, WhoStaysSilentAfterTheEndIsCutOff) {
  TlsClient client(gateway_->port());
  client.Send("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(client.ReadAll(), HasSubstr("200"));
  // It has heard the end, and says nothing itself: its connection goes after a while.
  const auto open = [this] {
    for (const auto& family : metrics_->Collect()) {
      if (family.name == "staraction_http_connections") return family.metric[0].gauge.value;
    }
    return -1.0;
  };
  for (int i = 0; i < 1000 && open() != 0; ++i) absl::SleepFor(absl::Milliseconds(5));
  EXPECT_EQ(open(), 0);
}

}  // namespace
}  // namespace staraction::gateway
