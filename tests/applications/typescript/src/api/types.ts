export interface Customer {
  id: number;
  email: string;
  logins: number;
}

export interface Order {
  id: number;
  customerId: number;
  referrerId?: number | null;
  position: number;
  total: number;
}

export interface OrderItem {
  id: number;
  order_id: number;
  quantity: number;
}

export interface Basket {
  id: number;
  size: number;
}

export type OrderId = number;
export type Cents = number;

export const ordersByCustomer = new Map<number, Order[]>();
