package dev.roomcast.member;

import org.jose4j.keys.resolvers.VerificationKeyResolver;

/** The keys that tokens are verified with: public ones only. Thread-safe. */
interface PublicKeys extends VerificationKeyResolver {

    /** Whether tokens can be verified now. */
    boolean isReady();
}
