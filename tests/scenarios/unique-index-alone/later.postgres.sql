INSERT INTO redeemed (code) SELECT code FROM coupon WHERE note = 'a';
